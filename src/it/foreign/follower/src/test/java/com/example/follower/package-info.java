/** Runs the foreign servers and nginx, follows agents there with the component, and accounts for every number sent. */
package com.example.follower;
